/** Every item of a list that is short by nature, page after page. */

interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

export async function allPages<Item>(fetchPage: (cursor: string | null) => Promise<Page<Item>>): Promise<Item[]> {
  const found: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await fetchPage(cursor);
    found.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return found;
}
