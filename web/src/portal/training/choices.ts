import { graphql } from '../../lib/graphql.ts';

/** The people of one's organization, and the courses that there are for them. */
export const Choices = graphql(`query TeamChoices {
  viewer { id organization { id memberships { id status user { id name } role { id key name } } } }
  courses(first: 100) { edges { node { id key title availableActions isFree placesBought @_optional } } }
  roles @_optional { id key name kind }
}`);
