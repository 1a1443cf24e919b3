import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      aria-hidden="true"
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

export function HomeIcon() {
  return (
    <Icon>
      <path d="m3 11 9-7 9 7M5.500 9.500V20h13V9.500M10 20v-6h4v6" />
    </Icon>
  );
}

export function PersonIcon() {
  return (
    <Icon>
      <circle cx="12" cy="8" r="4" />
      <path d="M4.500 20.500c.500-4 3.500-6 7.500-6s7 2 7.500 6" />
    </Icon>
  );
}

export function LikeIcon() {
  return (
    <Icon>
      <path d="M12 20s-8-4.700-8-10.500A4.500 4.500 0 0 1 12 6.700a4.500 4.500 0 0 1 8 2.800C20 15.300 12 20 12 20Z" />
    </Icon>
  );
}

export function ReplyIcon() {
  return (
    <Icon>
      <path d="M12 4.500c5 0 9 3 9 7s-4 7-9 7c-1 0-2-.100-3-.400L4 20l1-3.500c-1.300-1.300-2-3-2-5 0-4 4-7 9-7Z" />
    </Icon>
  );
}

export function MessagesIcon() {
  return (
    <Icon>
      <path d="M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-6l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z" />
      <path d="M8 9h8M8 12.500h5" />
    </Icon>
  );
}

export function BackIcon() {
  return (
    <Icon>
      <path d="M19 12H5m6-7-7 7 7 7" />
    </Icon>
  );
}

export function SearchIcon() {
  return (
    <Icon>
      <circle cx="11" cy="11" r="6.5" />
      <path d="m16 16 4.5 4.5" />
    </Icon>
  );
}

export function SendIcon() {
  return (
    <Icon>
      <path d="M4 12 20 4l-5 16-3.500-6.500L4 12Zm7.500 1.500L20 4" />
    </Icon>
  );
}

export function SignOutIcon() {
  return (
    <Icon>
      <path d="M9 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h3m6-4 4-4-4-4m4 4H9" />
    </Icon>
  );
}
