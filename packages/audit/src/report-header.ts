/** Who a report is for and about, as the organisation wants it printed. Every field is optional free text. */
export interface ReportHeader {
  readonly organisation?: string;
  readonly system?: string;
  /** MLPS grade of the system: `3`. */
  readonly grade?: string;
  /** MLPS filing number (备案号). */
  readonly filingNumber?: string;
  readonly classification?: string;
  readonly owner?: string;
  readonly requester?: string;
  readonly operator?: string;
  readonly reviewer?: string;
  readonly approver?: string;
}
