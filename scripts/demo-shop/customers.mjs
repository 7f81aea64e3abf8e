import { createRandom } from './random.mjs';

const ENGLISH_SHARE = 0.11;

/** Customers C0001…: a name, where they live (never more than the district), what they wear and how they come and go. */
export function buildCustomers({ people }) {
  const random = createRandom('customers');
  const habits = random.shuffled(people.habits.flatMap((habit) => Array.from({ length: habit.count }, () => habit)));
  const nextName = createNames(people, random);
  return habits.map((habit, index) => {
    const { name, isEnglish, gender } = nextName();
    return {
      id: `C${String(index + 1).padStart(4, '0')}`,
      name, isEnglish, habit,
      tier: random.pick(people.tiers),
      address: `${random.pick(people.places)}${random.pick(people.streets.split(' '))}`,
      cut: gender,
      sizeIndex: random.weighted([0, 1, 2, 3, 4], (size) => [10, 28, 34, 20, 8][size]),
      hasKids: random.chance(0.18),
    };
  });
}

function createNames(people, random) {
  const [surnames, given, titles] = [people.surnames, people.given, people.titles].map((words) => words.split(' '));
  const taken = new Set();
  const english = random.shuffled(people.english.split(', '));
  const nicknames = random.shuffled(people.nicknames.split(' '));
  const free = (make) => {
    for (;;) {
      const made = make();
      if (taken.has(made.name)) continue;
      taken.add(made.name);
      return made;
    }
  };
  const women = () => (random.chance(0.52) ? 'women' : 'men');
  return () => {
    if (english.length > 0 && random.chance(ENGLISH_SHARE)) return { name: english.pop(), isEnglish: true, gender: women() };
    if (nicknames.length > 0 && random.chance(0.08)) return { name: nicknames.pop(), isEnglish: false, gender: women() };
    return free(() => {
      // a given name does not say which cut fits, so that is drawn apart
      if (random.chance(0.68)) return { name: random.pick(surnames) + random.pick(given), isEnglish: false, gender: women() };
      const title = random.pick(titles);
      return { name: `${random.pick(surnames)}${title}`, isEnglish: false, gender: title === '先生' ? 'men' : 'women' };
    });
  };
}
