export default function Access() { return null; }
