const save = {
  saveTitle: 'Save this configuration', name: 'Name', nameHint: 'So that you find it again, such as the hall or the project.', keepIt: 'Save', saved: (name: string) => `“${name}” is saved.`,
};
export default save;
