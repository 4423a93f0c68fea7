-- How worked time is taken down, by class of worker and with its dates (安衛法66条の8の3, 則52条の7の3; 平18.2.24 基発0224003号
-- 第2の12(1)イ for 裁量労働), and what the physician thinks of its reliability.
CREATE TABLE hours_method (id TEXT PRIMARY KEY, valid_from TEXT NOT NULL, valid_until TEXT, class TEXT,
  means TEXT NOT NULL, content TEXT NOT NULL, remark TEXT NOT NULL, deliberated_on TEXT, minutes TEXT NOT NULL) STRICT;
