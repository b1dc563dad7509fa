export default function Track() { return null; }
