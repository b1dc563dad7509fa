export default function Settings(_: { section?: string }) { return null; }
