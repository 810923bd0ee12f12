-- The standard of model-units.rubric as a query, for engines that read SQL: a row for each row of `units`.
SELECT unit, total, CASE WHEN total >= 90 AND violations = 0 THEN 1 ELSE 0 END AS eligible,
       leadership, teaching, workings, places, deeds, effects
FROM (
  SELECT *, leadership + teaching + workings + places + deeds + effects AS total
  FROM (
    SELECT unit, violations,
      CASE WHEN team = 1 THEN 1 ELSE 0 END + CASE WHEN duties = 1 THEN 1 ELSE 0 END + CASE WHEN staff = 1 THEN 2 ELSE 0 END
      + CASE WHEN trained >= 3 THEN 5 WHEN trained = 2 THEN 3 WHEN trained = 1 THEN 1 ELSE 0 END
      + CASE WHEN rules_followed = 1 THEN 2 ELSE 0 END + CASE WHEN special >= 1 THEN 2 ELSE 0 END
      + CASE WHEN kept >= 5 AND praised = 1 THEN 4 WHEN kept >= 5 THEN 3 WHEN kept >= 3 THEN 2 WHEN kept >= 1 THEN 1 ELSE 0 END
      + CASE WHEN months >= 12 AND violations = 0 THEN 1 ELSE 0 END
      + CASE WHEN lectures >= 1 AND violations = 0 THEN 1 ELSE 0 END
      + CASE WHEN memorials = 1 AND violations = 0 THEN 1 ELSE 0 END
      + CASE WHEN mentoring >= 1 THEN 3 ELSE 0 END AS leadership,
      CASE WHEN plans = 2 THEN 3 WHEN plans = 1 THEN 1 ELSE 0 END
      + CASE WHEN reviews >= 2 THEN 2 ELSE reviews END
      + CASE WHEN integrity = 1 THEN 1 ELSE 0 END
      + CASE WHEN study >= 6 THEN 3 WHEN study >= 4 THEN 2 WHEN study >= 2 THEN 1 ELSE 0 END
      + CASE WHEN groups = 1 THEN 2 ELSE 0 END AS teaching,
      CASE WHEN joint = 1 THEN 3 ELSE 0 END
      + CASE WHEN mechanisms >= 6 THEN 6 ELSE mechanisms END + CASE WHEN life_meetings >= 1 THEN 1 ELSE 0 END
      + CASE WHEN recruits_made >= recruits_planned THEN 3 ELSE 0 END
      + CASE WHEN dues_paid >= dues_owed THEN 4 ELSE 0 END
      + CASE WHEN transferred >= floating THEN 3 ELSE 0 END
      + CASE WHEN notices_made >= notices_due THEN 3 ELSE 0 END AS workings,
      CASE WHEN equipment >= 5 THEN 5 ELSE equipment END
      + CASE WHEN flag = 1 THEN 2 ELSE 0 END + CASE WHEN filing = 1 THEN 2 ELSE 0 END
      + CASE WHEN gallery = 1 AND updates >= 4 THEN 2 WHEN gallery = 1 THEN 1 ELSE 0 END
      + CASE WHEN subscribers >= members THEN 2 ELSE 0 END AS places,
      CASE WHEN july = 1 THEN 3 ELSE 0 END
      + CASE WHEN visited >= members THEN 2 ELSE 0 END + CASE WHEN services >= 2 THEN 2 ELSE services END
      + CASE WHEN pioneer_months >= 12 THEN 4 WHEN pioneer_months >= 9 THEN 3 WHEN pioneer_months >= 6 THEN 2
             WHEN pioneer_months >= 3 THEN 1 ELSE 0 END
      + CASE WHEN posts >= 4 THEN 2 WHEN posts >= 2 THEN 1 ELSE 0 END + CASE WHEN innovations >= 1 THEN 2 ELSE 0 END AS deeds,
      CASE WHEN provincial >= 1 OR municipal >= 2 THEN 4 ELSE 0 END
      + CASE WHEN votes > 0 AND votes_yes * 100 >= votes * 95 THEN 4 ELSE 0 END
      + CASE WHEN awards >= 1 OR spread >= 1 THEN 3 ELSE 0 END
      + CASE WHEN excellent >= 1 AND excellent + passed = 3 THEN 4 ELSE 0 END AS effects
    FROM units
  ) AS sections
) AS totals
