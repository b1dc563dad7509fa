import{pt as e}from"./kit.js";var t=e(`mutation SetPrices($input: SetPricesInput!, $key: String!) {
  setPrices(input: $input) @idempotent(key: $key) { priceList { id version variantCount updatedAt } userErrors { field code message } }
}`);export{t};