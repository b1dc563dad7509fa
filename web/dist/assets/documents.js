import{pt as e}from"./kit.js";var t=e(`fragment VersionFields on ModelVersion @_unmask {
  id number title intro
  steps { key title help groups }
  groups { key title help min max options { key title help swatch } number { min max step unit of } }
}`),n=e(`fragment StateFields on ConfigurationState @_unmask {
  token isConsistent isComplete
  choices { group option number absent negate text }
  groups { key isVisible isDecided isMissing number { status min max value isDefault } }
  changed { group option status isSelected priceDelta { amount currency } daysDelta }
  conflict { because { group option number absent negate text } reasons rules @_optional { key text isInternal note } }
  repairs { text priceDelta { amount currency } daysDelta choices { group option number absent negate text } drop { text } take { text } }
  price { unit { amount currency } total { amount currency } lines { kind title detail amount { amount currency } } cost @_optional { amount currency } }
  leadTime { days readyOn because }
  parts @_optional { sku name quantity cost @_optional { amount currency } }
}`),r=e(`query Configure($input: ConfigureInput!) { configure(input: $input) { ...StateFields } }`,[n]),i=e(`query CompleteChoices($input: ConfigureInput!, $goal: CompletionGoal!) { complete(input: $input, goal: $goal) { ...StateFields } }`,[n]),a=e(`query ExplainChoice($input: ConfigureInput!, $target: ChoiceInput!) { explain(input: $input, target: $target) { reasons because { group option number absent negate text } rules @_optional { key text isInternal note } } }`),o=e(`mutation ConfiguredToCart($input: AddToCartInput!, $key: String!) {
  addToCart(input: $input) @idempotent(key: $key) { cart { id version lines { id quantity } } userErrors { field code message } }
}`),s=e(`fragment KeptFields on Configuration @_unmask {
  id name status turn quantity createdAt changedAt version availableActions
  lastPrice @_optional { amount currency }
  user @_optional { id name }
  organization @_optional { id name }
  product @_optional { id name }
  order @_optional { id number }
  choices { group option number absent negate text }
  modelVersion @_optional { ...VersionFields supersededBy { id number } }
  change { fromNumber toNumber outcome at dropped { group option number absent negate text } taken { group option number absent negate text } oldPrice @_optional { amount currency } newPrice @_optional { amount currency } }
}`,[t]),c=e(`mutation SaveConfiguration($input: SaveConfigurationInput!, $key: String!) {
  saveConfiguration(input: $input) @idempotent(key: $key) { configuration { ...KeptFields } userErrors { field code message } }
}`,[s]);export{s as a,a as c,c as i,i as n,n as o,o as r,t as s,r as t};