export default function Import(_: { id: string }) { return null; }
