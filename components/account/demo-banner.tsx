/** Says on every page that this installation is for trying out. */
export function DemoBanner() {
  return (
    <p className="border-b border-line bg-info-soft px-4 py-1.5 text-sm text-info-ink sm:px-6 lg:px-8">
      Demo: an invented organisation and people whose passwords are on the console. Not for real data.
    </p>
  );
}
