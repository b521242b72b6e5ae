// The alarm of an invoice: ringing, held, or none. The words beside it say the same.

const bell = 'M6 17h12l-1.4-2v-4.2a4.6 4.6 0 0 0-9.2 0V15zM10.5 19.500a1.7 1.7 0 0 0 3 0';

export function Bell({ how }: { how: 'active' | 'paused' | 'none' }) {
  return (
    <svg
      className={`bell ${how}`}
      viewBox="0 0 24 24"
      width="16"
      height="16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={bell} />
      {how === 'none' ? <path d="M4.5 4.500l15 15" /> : null}
      {how === 'paused' ? <path d="M17 3.500v5M20.5 3.500v5" strokeWidth="2.2" /> : null}
    </svg>
  );
}
