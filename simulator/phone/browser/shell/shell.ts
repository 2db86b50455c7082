document.getElementById('shell')?.append('…')
