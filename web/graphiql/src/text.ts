/** What a new tab holds. An example replaces it; anything else that is in a tab is left alone. */
export const emptyTab = `# Write a query here, or take one from "Examples".
# Ctrl+Space suggests what fits, Ctrl+Enter runs it.

`;
