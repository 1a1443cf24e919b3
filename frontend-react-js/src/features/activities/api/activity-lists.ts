import { infiniteQueryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { changeCached } from '@/lib/api/change-cached';
import type { Page } from '@/lib/api/client';
import { itemsOf } from '@/lib/api/pages';
import type { Activity } from '@/lib/api/types';

/** First part of the query keys of all lists of cruds and replies. */
export const ACTIVITIES = 'activities';

/** Milliseconds after which a list of one page is asked for again; one of more pages costs more and waits longer. */
const REFRESH_INTERVAL = 30_000;

type ActivityList = InfiniteData<Page<Activity>, string | undefined>;

/** A list of cruds or replies, the newest first. @param getPage reads the page at a cursor, or the newest one without */
export function activityListQuery(
  key: readonly string[],
  getPage: (cursor: string | undefined) => Promise<Page<Activity>>,
) {
  return infiniteQueryOptions({
    queryKey: [ACTIVITIES, ...key],
    queryFn: ({ pageParam }) => getPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.older,
    select: (data) => itemsOf(data.pages),
    refetchInterval: (query) => REFRESH_INTERVAL * Math.max(1, query.state.data?.pages.length ?? 1),
  });
}

/** Changes one activity wherever it is shown. */
export function updateActivity(
  queryClient: QueryClient,
  uuid: string,
  change: (activity: Activity) => Activity,
): void {
  queryClient.setQueriesData<ActivityList>({ queryKey: [ACTIVITIES] }, (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.map((activity) => (activity.uuid === uuid ? change(activity) : activity)),
    }));
    return { ...data, pages };
  });
}

/** Puts a new activity at the top of a list that is loaded. */
export function addActivity(
  queryClient: QueryClient,
  { queryKey }: ReturnType<typeof activityListQuery>,
  activity: Activity,
): void {
  changeCached(queryClient, queryKey, (data) => {
    const [newest, ...older] = data.pages;
    const isThere = data.pages.some((page) => page.items.some(({ uuid }) => uuid === activity.uuid));
    if (!newest || isThere) return data;
    return { ...data, pages: [{ ...newest, items: [activity, ...newest.items] }, ...older] };
  });
}
