import type { IncidentKind } from '../../cloudfunctions/incidents/contract'
import { known } from './repair-words'

type IncidentWord = { word: string; icon: string }

const words: Record<IncidentKind, IncidentWord> = {
  water: { word: '停水', icon: 'rain-medium' },
  power: { word: '停电', icon: 'lighting-circle' },
  gas: { word: '停气', icon: 'cloud' },
  heating: { word: '停暖', icon: 'snowflake' },
  elevator: { word: '电梯故障', icon: 'building' },
  other: { word: '其他', icon: 'info-circle' },
}
export const incidentWord = (kind: string): IncidentWord => known(words, kind, words.other)
