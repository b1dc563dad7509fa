export default function OrderDesk() { return null; }
