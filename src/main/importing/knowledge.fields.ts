import { codeField, idField, optional, required, textField, type RowOf } from './field-table.ts';

/** A question and its answer a row: each becomes one article of one passage. */
export const QUESTION_FIELDS = {
  question: textField(required('q', 'ask', 'query', '问题', '問題', '标准问', '标准问题', '常见问题', '提问')),
  answer: textField(required('a', 'reply', 'response', '答案', '回答', '回复', '回覆', '标准答案', '答复')),
  id: idField(optional('article_id', 'faq_id', '编号', '編號', '序号', '知识编号')),
  title: idField(optional('标题', '標題', '主题')),
  category: idField(optional('section', 'group', '分类', '分類', '类目', '栏目')),
};

/** A titled text a row: it is cut into passages like a document. */
export const TEXT_FIELDS = {
  title: idField(required('name', 'subject', '标题', '標題', '主题', '名称')),
  text: textField(required('content', 'body', 'article', '正文', '内容', '內容', '文本')),
  id: idField(optional('article_id', '编号', '編號', '序号', '知识编号')),
  category: idField(optional('section', 'group', '分类', '分類', '类目', '栏目')),
};

/** Saved replies. */
export const MACRO_FIELDS = {
  code: codeField(required('shortcut', 'key', 'abbr', '编码', '編碼', '快捷码', '快捷编码', '短语编码', '快捷键')),
  title: idField(optional('name', 'subject', '标题', '標題', '名称', '分组')),
  text: textField(required('content', 'body', 'reply', 'message', '内容', '內容', '话术', '話術', '快捷短语', '短语内容', '短語', '回复内容')),
};
export type MacroRow = RowOf<typeof MACRO_FIELDS>;
