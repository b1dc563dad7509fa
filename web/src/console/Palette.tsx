export default function Palette(_: { close: () => void }) { return null; }
