import { graphql, type ResultOf } from '../../lib/graphql.ts';

/** What can be chosen: the questions of a version of a model. */
export const VersionFields = graphql(`fragment VersionFields on ModelVersion @_unmask {
  id number title intro
  steps { key title help groups }
  groups { key title help min max options { key title help swatch } number { min max step unit of } }
}`);
/** What follows from some choices. */
export const StateFields = graphql(`fragment StateFields on ConfigurationState @_unmask {
  token isConsistent isComplete
  choices { group option number absent negate text }
  groups { key isVisible isDecided isMissing number { status min max value isDefault } }
  changed { group option status isSelected priceDelta { amount currency } daysDelta }
  conflict { because { group option number absent negate text } reasons rules @_optional { key text isInternal note } }
  repairs { text priceDelta { amount currency } daysDelta choices { group option number absent negate text } drop { text } take { text } }
  price { unit { amount currency } total { amount currency } lines { kind title detail amount { amount currency } } cost @_optional { amount currency } }
  leadTime { days readyOn because }
  parts @_optional { sku name quantity cost @_optional { amount currency } }
}`);

export const Ask = graphql(`query Configure($input: ConfigureInput!) { configure(input: $input) { ...StateFields } }`, [StateFields]);
export const Finish = graphql(`query CompleteChoices($input: ConfigureInput!, $goal: CompletionGoal!) { complete(input: $input, goal: $goal) { ...StateFields } }`, [StateFields]);
export const WhyNot = graphql(`query ExplainChoice($input: ConfigureInput!, $target: ChoiceInput!) { explain(input: $input, target: $target) { reasons because { group option number absent negate text } rules @_optional { key text isInternal note } } }`);

export type VersionData = ResultOf<typeof VersionFields>;
export type StateData = ResultOf<typeof StateFields>;
export type GroupData = VersionData['groups'][number];
export type OptionData = GroupData['options'][number];
export type GroupStateData = StateData['groups'][number];
export type OptionStateData = StateData['changed'][number];
export type Repair = StateData['repairs'][number];
/** A rule that stands in the way, for those who see rules. */
export type RuleData = NonNullable<NonNullable<StateData['conflict']>['rules']>[number];
export type ChoiceData = StateData['choices'][number];

/** Puts a configuration into the cart. */
export const IntoCart = graphql(`mutation ConfiguredToCart($input: AddToCartInput!, $key: String!) {
  addToCart(input: $input) @idempotent(key: $key) { cart { id version lines { id quantity } } userErrors { field code message } }
}`);

/** A configuration that is kept, as its page shows it. */
export const KeptFields = graphql(`fragment KeptFields on Configuration @_unmask {
  id name status turn quantity createdAt changedAt version availableActions
  lastPrice @_optional { amount currency }
  user @_optional { id name }
  organization @_optional { id name }
  product @_optional { id name }
  order @_optional { id number }
  choices { group option number absent negate text }
  modelVersion @_optional { ...VersionFields supersededBy { id number } }
  change { fromNumber toNumber outcome at dropped { group option number absent negate text } taken { group option number absent negate text } oldPrice @_optional { amount currency } newPrice @_optional { amount currency } }
}`, [VersionFields]);
export type Kept = ResultOf<typeof KeptFields>;
export const Keep = graphql(`mutation SaveConfiguration($input: SaveConfigurationInput!, $key: String!) {
  saveConfiguration(input: $input) @idempotent(key: $key) { configuration { ...KeptFields } userErrors { field code message } }
}`, [KeptFields]);
