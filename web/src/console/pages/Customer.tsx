export default function Customer(_: { id: string }) { return null; }
