/** Words of the SQL dialects in common use, by what they do in a statement. */
export const word = { name: 0, logic: 1, compare: 2, statement: 3, clause: 4, setop: 5, select: 6, constant: 7, caseWord: 8, not: 9 } as const;

const classes = new Map<string, number>();
for (const [kind, list] of [
  [word.logic, 'and or xor having where when rlike_ && ||'],
  [word.compare, 'like rlike regexp between in is ilike glob sounds similar div mod'],
  [word.statement, 'insert update delete drop create alter truncate exec execute declare begin call shutdown waitfor set grant revoke merge replace load copy attach pragma handler do kill use describe show backup restore reconfigure'],
  [word.clause, 'from group order limit offset into values procedure join on as by asc desc top for escape collate returning all distinct with using inner outer left right cross natural'],
  [word.setop, 'union intersect except minus'],
  [word.select, 'select'],
  [word.constant, 'null true false'],
  [word.caseWord, 'case then else end'],
  [word.not, 'not'],
] as const) {
  for (const name of list.split(' ')) classes.set(name, kind);
}

export function wordClass(name: string): number {
  return classes.get(name) ?? word.name;
}

/** What calling a function tells. A certain one has no use in a value; a helper makes strings or branches, and needs company. */
export const functions: ReadonlyMap<string, readonly [what: string, weight: number]> = new Map(
  (
    [
      ['calls a function that waits', 3.2, 'pg_sleep benchmark dbms_pipe.receive_message dbms_lock.sleep user_lock.sleep dbms_session.sleep pg_sleep_for randomblob zeroblob'],
      ['calls a function that waits', 2.4, 'sleep generate_series get_lock'],
      ['calls a function that leaks data in errors', 3.2, 'extractvalue updatexml xmltype utl_inaddr.get_host_address utl_inaddr.get_host_name ctxsys.drithsx.sn utl_http.request httpuritype dbms_utility.sqlid_to_sqlhash dbms_xdb_version.checkin gtid_subset gtid_subtract ordsys.ord_dicom.getmappingxpath name_const procedure_analyse fn_trace_gettable query_to_xml database_to_xml json_storage_size st_latfromgeohash st_longfromgeohash st_pointfromgeohash dbms_ldap.init dbms_java.runjava'],
      ['calls a function that reaches files or the system', 3.2, 'load_file xp_cmdshell xp_dirtree xp_regread xp_fileexist sp_executesql sp_oacreate sp_oamethod lo_import lo_export pg_read_file pg_ls_dir sys_eval sys_exec lo_get lo_put lo_from_bytea openrowset opendatasource load_extension pg_read_binary_file xp_regwrite xp_servicecontrol xp_availablemedia sp_makewebtask sp_configure bulk_insert'],
      ['asks who the database is', 2.4, 'version database current_user user_name system_user session_user db_name schema_name suser_name suser_sname current_database current_schema db_id object_id object_name is_srvrolemember has_dbaccess host_name serverproperty sqlite_version last_insert_id row_count connection_id found_rows pg_backend_pid'],
      ['builds text from character codes', 1.6, 'chr char nchar unhex from_base64 to_base64 hex ascii ord unicode conv'],
      ['calls a function of the database', 1.2, 'concat concat_ws group_concat string_agg listagg wm_concat substring substr substring_index mid left right lpad rpad lower upper ucase lcase reverse length char_length len datalength instr locate position strcmp cast convert coalesce ifnull nullif nvl decode iif if elt make_set field find_in_set greatest least exp floor rand random round count sum avg min max md5 sha1 sha2 aes_decrypt encode compress uncompress row xmlelement xmlagg json_extract json_keys json_object jsonb_agg array_agg isnull bin oct quote soundex stuff replicate space str exists nvl2 to_char to_number trim ltrim rtrim date_add now sysdate getdate curdate polygon multipoint linestring multipolygon geometrycollection multilinestring'],
    ] as const
  ).flatMap(([what, weight, names]) => names.split(' ').map((name) => [name, [what, weight] as const] as const)),
);

/** Tables and variables in which a database describes itself. */
export const catalog =
  /^(?:information_schema|mysql\.(?:user|db|innodb\w*)|performance_schema|pg_catalog|pg_(?:user|shadow|class|database|tables|roles|stat\w*)|sqlite_(?:master|schema|temp_master)|sys(?:objects|columns|users|databases|logins|processes|tables)|sys\.\w+|master\.(?:dbo|sys|xp_|sp_|\.)\w*|msdb\.\w+|tempdb\.\w+|msys(?:aces|objects|queries|relationships|accessobjects)|all_(?:tables|users|tab_columns|objects)|user_(?:tables|tab_columns|objects)|dba_(?:users|tables)|v\$\w+|rdb\$\w+|sysibm\.\w+|syscat\.\w+|domain\.(?:domains|columns|tables)|systables|mysql\.\w+)/;
