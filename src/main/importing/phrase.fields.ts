import { idField, optional, required, textField } from './field-table.ts';

/** A rep's own list of phrases, as chat tools export it: code and group are often missing. */
export const PHRASE_FIELDS = {
  code: idField(optional('shortcut', 'key', 'abbr', '编码', '編碼', '代码', '代碼', '快捷码', '快捷编码', '短语编码', '快捷短语编码', '快捷键')),
  title: idField(optional('name', 'subject', '标题', '標題', '名称', '名稱')),
  group: idField(optional('category', 'folder', '分组', '分組', '组名', '分组名称', '快捷短语分组', '短语分组', '分类', '分類', '类别')),
  text: textField(required('content', 'body', 'reply', 'message', 'phrase', '内容', '內容', '话术', '話術', '快捷短语', '快捷短语内容', '短语内容', '短语', '短語', '回复内容', '回复')),
};
