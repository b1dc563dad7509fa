export default function OrderWork(_: { number: string }) { return null; }
