// E-mail addresses as a person types several of them: apart by commas, semicolons or lines.
import { useWords } from '../words/words.tsx';

export const addressesIn = (text: string): string[] =>
  text
    .split(/[\n,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** What is wrong with them, naming the first that is no address; null: nothing. The server looks more closely. */
export function useWrongAddress(): (addresses: readonly string[]) => string | null {
  const words = useWords();
  return (addresses) => {
    const wrong = addresses.find((address) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address));
    return wrong === undefined ? null : words.notAnAddress(wrong);
  };
}
