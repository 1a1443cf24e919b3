import { createBrowserRouter, type RouteObject } from 'react-router';
import { Loading } from '@/components/loading';
import { RequireSession } from './require-session';
import { NotFound } from './routes/not-found';
import { RouteError } from './routes/route-error';
import { AppShell } from './shell/app-shell';
import { WithSidebar } from './shell/with-sidebar';
import { SignedOutOnly } from './signed-out-only';

/** Each page is a chunk of its own. Pages below `RequireSession` send to the sign-in page and back. */
export const routes: RouteObject[] = [
  {
    errorElement: <RouteError />,
    hydrateFallbackElement: <Loading />,
    children: [
      {
        element: <SignedOutOnly />,
        children: [
          { path: '/signin', lazy: () => import('./routes/sign-in') },
          { path: '/signup', lazy: () => import('./routes/sign-up') },
          { path: '/confirm', lazy: () => import('./routes/confirm') },
          { path: '/forgot', lazy: () => import('./routes/forgot') },
        ],
      },
      {
        element: <RequireSession />,
        children: [
          {
            element: <AppShell />,
            children: [
              {
                element: <WithSidebar />,
                children: [
                  { index: true, lazy: () => import('./routes/home') },
                  {
                    // A segment is either text or a parameter, so `/@:handle` has to be asked for like this.
                    path: '/:profile',
                    loader: ({ params }) => {
                      if (!params.profile?.startsWith('@')) throw new Response(null, { status: 404 });
                      return null;
                    },
                    lazy: () => import('./routes/profile'),
                  },
                ],
              },
              {
                path: '/messages',
                lazy: () => import('./routes/messages'),
                children: [
                  { index: true, lazy: () => import('./routes/messages-index') },
                  { path: 'new/:handle', lazy: () => import('./routes/new-conversation') },
                  { path: ':message_group_uuid', lazy: () => import('./routes/conversation') },
                ],
              },
            ],
          },
        ],
      },
      { path: '*', element: <NotFound /> },
    ],
  },
];

export function createRouter() {
  return createBrowserRouter(routes);
}
