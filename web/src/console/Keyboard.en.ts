const keyboard = {
  title: 'Keyboard',
  everywhere: 'Everywhere',
  palette: 'Search or go to',
  help: 'This help',
  or: 'or',
  then: 'then',
  close: 'Close a dialog or menu',
  go: 'Going to a page',
  lists: 'In lists',
  next: 'Next row',
  previous: 'Previous row',
  open: 'Open the row',
  choose: 'Choose the row',
  notes: 'In notes',
  send: 'Add the note',
};
export default keyboard;
