const base = {
  AnalysisComponent: { AnalysisComponentIdentifier: 4, AnalysisComponentType: 'NewMatchPathValueDetector', AnalysisComponentName: 'new user', Message: 'New value(s) detected', TrainingMode: false, AffectedLogAtomPaths: ['/user'] },
  LogData: { RawLogData: ['user=eve'], Timestamps: [1_772_600_767.25], DetectionTimestamp: 1_772_600_768, LogLinesCount: 1 }, AMiner: { ID: 'a-1' },
};

export default {
  maps: [
    { record: base, expect: { class_uid: 2004, severity_id: 2, device: { hostname: 'a-1' }, time: 1_772_600_767_250, count: 1, finding_info: { uid: '4/1772600767250', title: 'New value(s) detected', types: ['NewMatchPathValueDetector'] }, evidences: [{ data: { lines: ['user=eve'] } }], unmapped: { message: 'user=eve' } } },
    { record: { ...base, AnalysisComponent: { TrainingMode: true } }, expect: { severity_id: 1, finding_info: { title: 'anomaly' } } },
  ],
  rejects: [null, 'x', {}, { ...base, LogData: {} }, { ...base, LogData: 'x' }, { LogData: base.LogData }],
};
