export default function Person(_: { id: string }) { return null; }
