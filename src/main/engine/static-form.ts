/** The files are not those of a static embedding that is known here; says what is different. Never shown: the model is run by transformers.js instead. */
export class StaticFormError extends Error {
  constructor(what: string) {
    super(`not a static embedding of the known form: ${what}`);
    this.name = 'StaticFormError';
  }
}
