export default function Parcels() { return null; }
