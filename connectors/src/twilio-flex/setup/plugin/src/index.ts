import * as FlexPlugin from '@twilio/flex-plugin'
import { ClinicaPlugin } from './plugin'

FlexPlugin.loadPlugin(ClinicaPlugin)
