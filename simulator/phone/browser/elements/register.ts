import { PhoneButton } from './button'
import { PhoneCheckbox, PhoneCheckboxGroup, PhoneLabel, PhoneRadio, PhoneRadioGroup, PhoneSwitch } from './choices'
import { PhoneForm } from './form'
import { PhoneImage } from './image'
import { PhoneInput } from './input'
import { PhoneIcon, PhoneProgress, PhoneSlider } from './meters'
import { PhoneNavigator } from './navigator'
import { PhoneAbsent, PhonePageMeta } from './page-parts'
import { PhonePicker } from './picker'
import { PhonePickerView, PhonePickerViewColumn } from './picker-view'
import { PhoneRichText } from './rich-text'
import { PhoneScrollView } from './scroll-view'
import { PhoneSwiper, PhoneSwiperItem } from './swiper'
import { PhoneTextarea } from './textarea'

const ELEMENTS: Record<string, CustomElementConstructor> = {
  'wx-button': PhoneButton,
  'wx-checkbox': PhoneCheckbox,
  'wx-checkbox-group': PhoneCheckboxGroup,
  'wx-label': PhoneLabel,
  'wx-radio': PhoneRadio,
  'wx-radio-group': PhoneRadioGroup,
  'wx-switch': PhoneSwitch,
  'wx-form': PhoneForm,
  'wx-image': PhoneImage,
  'wx-cover-image': class extends PhoneImage {},
  'wx-input': PhoneInput,
  'wx-textarea': PhoneTextarea,
  'wx-icon': PhoneIcon,
  'wx-progress': PhoneProgress,
  'wx-slider': PhoneSlider,
  'wx-navigator': PhoneNavigator,
  'wx-absent': PhoneAbsent,
  'wx-page-meta': PhonePageMeta,
  'wx-picker': PhonePicker,
  'wx-picker-view': PhonePickerView,
  'wx-picker-view-column': PhonePickerViewColumn,
  'wx-rich-text': PhoneRichText,
  'wx-scroll-view': PhoneScrollView,
  'wx-swiper': PhoneSwiper,
  'wx-swiper-item': PhoneSwiperItem,
}

export const registerElements = (): void => {
  for (const [tag, constructor] of Object.entries(ELEMENTS)) customElements.define(tag, constructor)
}
