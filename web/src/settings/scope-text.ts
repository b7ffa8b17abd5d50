/** The last part of the text's key: a colon would part namespaces there. */
type KeyOf<Name extends string> = Name extends `${infer Noun}:${infer Act}` ? `${Noun}_${Act}` : never

export const scopeText = <Name extends string>(name: Name): KeyOf<Name> => name.replace(':', '_') as KeyOf<Name>
