import { Route, Routes } from 'react-router';
import { NoSuchPage } from '../ui/NoSuchPage';
import { ClaimCodeOfOne } from './ClaimCodeOfOne';
import { ClaimCodes } from './ClaimCodes';
import { CorrectMilestonePage } from './CorrectMilestone';
import { EventOfMany } from './EventOfMany';
import { ImportJob } from './ImportJob';
import { ImportSample } from './ImportSample';
import { Imports } from './Imports';
import { Inbox } from './Inbox';
import { LogMilestonePage } from './LogMilestone';
import { Organizations } from './Organizations';
import { NewPerson } from './NewPerson';
import { People } from './People';
import { PersonPage } from './PersonPage';

interface Props {
  /** A verifier: he judges what others recorded. */
  judges: boolean;
  /** An officer: he keeps people and imports sheets. */
  keeps: boolean;
}

/** The pages of those who record and verify, but for their first. */
export function Work({ judges, keeps }: Props) {
  return (
    <Routes>
      <Route path="/people" element={<People keeps={keeps} />} />
      {keeps && <Route path="/people/new" element={<NewPerson />} />}
      <Route path="/people/log" element={<EventOfMany />} />
      <Route path="/people/:workerId" element={<PersonPage judges={judges} keeps={keeps} />} />
      <Route path="/people/:workerId/log" element={<LogMilestonePage />} />
      <Route path="/people/:workerId/milestones/:milestoneId/correct" element={<CorrectMilestonePage />} />
      <Route path="/organizations" element={<Organizations keeps={keeps} />} />
      <Route path="/inbox" element={<Inbox judges={judges} />} />
      {keeps && <Route path="/people/:workerId/claim-code" element={<ClaimCodeOfOne />} />}
      {keeps && <Route path="/claim-codes" element={<ClaimCodes />} />}
      {judges && <Route path="/imports/:importId/sample" element={<ImportSample />} />}
      {keeps && <Route path="/imports" element={<Imports />} />}
      {keeps && <Route path="/imports/:importId" element={<ImportJob />} />}
      <Route path="*" element={<NoSuchPage />} />
    </Routes>
  );
}
