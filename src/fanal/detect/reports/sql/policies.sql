-- A signalement is seen by the file's people, and by the parquet of its court once it was sent.
--
-- Who alerted, and the letter that says so, are for the parquet and for those who may see the
-- informant of a concern: holding the file by name to follow the minor opens neither. What else hangs
-- on a signalement is seen with it. Copies are chosen while it is a draft; a letter and who alerted
-- are written by those who see the file; outcomes and steps are added by whoever sees the signalement.
-- No policy lets a letter, an informant, an outcome or a step be changed or removed.

ALTER TABLE reports_report ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS report_seen_with_the_file ON reports_report;
CREATE POLICY report_seen_with_the_file ON reports_report
    USING (case_file_id IN (SELECT id FROM access_casefile));
DROP POLICY IF EXISTS report_seen_by_the_parquet ON reports_report;
CREATE POLICY report_seen_by_the_parquet ON reports_report FOR SELECT
    USING (
    status <> 'draft' AND case_file_id NOT IN (SELECT access_excluded()) AND (
        court_id IN (SELECT access_courts()) OR tpe_court_id IN (SELECT access_courts())
    )
);
DROP POLICY IF EXISTS report_answered_by_the_parquet ON reports_report;
CREATE POLICY report_answered_by_the_parquet ON reports_report FOR UPDATE
    USING (
    status <> 'draft' AND case_file_id NOT IN (SELECT access_excluded()) AND (
        court_id IN (SELECT access_courts()) OR tpe_court_id IN (SELECT access_courts())
    )
) WITH CHECK (
    status <> 'draft' AND case_file_id NOT IN (SELECT access_excluded()) AND (
        court_id IN (SELECT access_courts()) OR tpe_court_id IN (SELECT access_courts())
    )
);
DROP POLICY IF EXISTS report_sent_is_kept ON reports_report;
CREATE POLICY report_sent_is_kept ON reports_report AS RESTRICTIVE FOR DELETE
    USING (status = 'draft' OR (SELECT access_purpose()) = 'retention');

ALTER TABLE reports_reportcopy ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_report ON reports_reportcopy;
CREATE POLICY seen_with_the_report ON reports_reportcopy FOR SELECT
    USING (report_id IN (SELECT id FROM reports_report));
DROP POLICY IF EXISTS chosen_in_the_draft ON reports_reportcopy;
CREATE POLICY chosen_in_the_draft ON reports_reportcopy
    USING ((report_id, case_file_id) IN (SELECT id, case_file_id FROM reports_report WHERE status = 'draft'));

ALTER TABLE reports_reportinformant ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_by_the_parquet_and_those_who_evaluate ON reports_reportinformant;
CREATE POLICY seen_by_the_parquet_and_those_who_evaluate ON reports_reportinformant FOR SELECT
    USING (
    report_id IN (SELECT id FROM reports_report WHERE
    status <> 'draft' AND case_file_id NOT IN (SELECT access_excluded()) AND (
        court_id IN (SELECT access_courts()) OR tpe_court_id IN (SELECT access_courts())
    )
)
    OR (
        case_file_id IN (SELECT id FROM access_casefile)
        AND (
            case_file_id IN (SELECT access_evaluated())
            OR case_file_id IN (
                SELECT id FROM access_casefile
                 WHERE authority_id IN (SELECT access_authorities())
                    OR authority_id = (SELECT access_intake())
            )
        )
    )
);
DROP POLICY IF EXISTS written_with_the_file ON reports_reportinformant;
CREATE POLICY written_with_the_file ON reports_reportinformant FOR INSERT
    WITH CHECK (
        case_file_id IN (SELECT id FROM access_casefile) AND (report_id, case_file_id) IN (SELECT id, case_file_id FROM reports_report)
    );

ALTER TABLE reports_reportletter ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_by_the_parquet_and_those_who_evaluate ON reports_reportletter;
CREATE POLICY seen_by_the_parquet_and_those_who_evaluate ON reports_reportletter FOR SELECT
    USING (
    report_id IN (SELECT id FROM reports_report WHERE
    status <> 'draft' AND case_file_id NOT IN (SELECT access_excluded()) AND (
        court_id IN (SELECT access_courts()) OR tpe_court_id IN (SELECT access_courts())
    )
)
    OR (
        case_file_id IN (SELECT id FROM access_casefile)
        AND (
            case_file_id IN (SELECT access_evaluated())
            OR case_file_id IN (
                SELECT id FROM access_casefile
                 WHERE authority_id IN (SELECT access_authorities())
                    OR authority_id = (SELECT access_intake())
            )
        )
    )
);
DROP POLICY IF EXISTS written_with_the_file ON reports_reportletter;
CREATE POLICY written_with_the_file ON reports_reportletter FOR INSERT
    WITH CHECK (
        case_file_id IN (SELECT id FROM access_casefile) AND (report_id, case_file_id) IN (SELECT id, case_file_id FROM reports_report)
    );

ALTER TABLE reports_reportoutcome ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_report ON reports_reportoutcome;
CREATE POLICY seen_with_the_report ON reports_reportoutcome FOR SELECT
    USING (report_id IN (SELECT id FROM reports_report));
DROP POLICY IF EXISTS added_to_the_report ON reports_reportoutcome;
CREATE POLICY added_to_the_report ON reports_reportoutcome FOR INSERT
    WITH CHECK ((report_id, case_file_id) IN (SELECT id, case_file_id FROM reports_report));

ALTER TABLE reports_reportstep ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_report ON reports_reportstep;
CREATE POLICY seen_with_the_report ON reports_reportstep FOR SELECT
    USING (report_id IN (SELECT id FROM reports_report));
DROP POLICY IF EXISTS added_to_the_report ON reports_reportstep;
CREATE POLICY added_to_the_report ON reports_reportstep FOR INSERT
    WITH CHECK ((report_id, case_file_id) IN (SELECT id, case_file_id FROM reports_report));
