import{pt as e}from"./kit.js";var t=e(`query TeamChoices {
  viewer { id organization { id memberships { id status user { id name } role { id key name } } } }
  courses(first: 100) { edges { node { id key title availableActions isFree placesBought @_optional } } }
  roles @_optional { id key name kind }
}`);export{t};