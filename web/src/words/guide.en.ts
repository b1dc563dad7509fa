const guide = {
  guides: 'Guide', step: (n: number, of: number) => `Question ${n} of at most ${of}`, back: 'One step back', restart: 'Begin again', answers: 'Your answers', change: (question: string) => `Change the answer to: ${question}`,
  result: 'This fits', noProducts: 'Nothing of it can be ordered here at present.', category: (name: string) => `See all of ${name}`, search: (q: string) => `Search for “${q}”`, none: 'No such guide', noneText: 'It is no longer offered.', toProducts: 'To the products', ask: 'Still not sure? Ask us',
};
export default guide;
