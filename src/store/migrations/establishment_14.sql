-- What hangs on a checkup is found by it: a batch of thousands of heads goes out without a walk over these tables each.
CREATE INDEX checkup_detail_checkup ON checkup_detail(checkup);
CREATE INDEX checkup_follow_checkup ON checkup_follow(checkup);
