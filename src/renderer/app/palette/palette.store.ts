import { createStore } from 'zustand/vanilla';
import type { ChoiceQuestion, Command, CommandChoice } from '../../base/command.ts';

export type PaletteState = {
  text: string;
  activeIndex: number;
  /** The command whose choices are asked for; null while commands are. */
  asked: Command | null;
  choices: readonly CommandChoice[];
  isLoading: boolean;
};
export type PaletteStore = ReturnType<typeof createPaletteStore>;

const EMPTY: PaletteState = { text: '', activeIndex: 0, asked: null, choices: [], isLoading: false };

/** The command palette: a text, and the commands or, once one is chosen that takes something, its choices. */
export function createPaletteStore() {
  const store = createStore<PaletteState>(() => EMPTY);
  let question = 0;
  return {
    store,
    type: (text: string) => store.setState({ text, activeIndex: 0 }),
    move(step: 1 | -1, count: number) {
      if (count > 0) store.setState(({ activeIndex }) => ({ activeIndex: (Math.min(activeIndex, count - 1) + step + count) % count }));
    },
    pointAt: (activeIndex: number) => store.setState({ activeIndex }),
    ask: (asked: Command) => store.setState({ ...EMPTY, asked, isLoading: true }),
    /** Reads the choices for what is typed; only the newest question's answer is kept. */
    async load(told: ChoiceQuestion) {
      const { asked } = store.getState();
      if (asked?.choices === undefined) return;
      question += 1;
      const mine = question;
      const choices = await asked.choices(told);
      if (mine === question && store.getState().asked === asked) store.setState({ choices, isLoading: false });
    },
    /** From the choices back to the commands. */
    back: () => store.setState(EMPTY),
    reset: () => store.setState(EMPTY),
  };
}
