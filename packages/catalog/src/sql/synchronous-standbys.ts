/**
 * SQL subquery of one row about synchronous_standby_names: `form` is NULL for a plain list of names, else
 * `{FIRST or ANY or NULL, how many, list of names}`; `list` is the names alone and `names` the whole setting.
 */
export const synchronousStandbys = `(
    SELECT
      text.names,
      text.form,
      coalesce(text.form[3], text.names) AS list
    FROM (
      SELECT
        current_setting('synchronous_standby_names') AS names,
        regexp_match(
          current_setting('synchronous_standby_names'),
          '^[[:space:]]*(?:(first|any)[[:space:]]+)?([0-9]+)[[:space:]]*[(](.*)[)][[:space:]]*$',
          'i'
        ) AS form
    ) AS text
  )`;
