'use strict';

// The same work as functions/TransferNotify does for an event, as far as a verdict goes: read the ledger, count the landed rows, write the verdict, look whether the
// run is proven; for a failed transfer a Slack message. It leaves out what makes the difference in production (one message a run, publishing, retries, redelivery), and
// so costs less than the whole would.
const functions = require('@google-cloud/functions-framework');
const { WebClient } = require('@slack/web-api');

const { GOOGLE_CLOUD_PROJECT: project, BIGQUERY_LOCATION: location, BIGQUERY_DATASET: dataset, BIGQUERY_EMULATOR_HOST: bigquery, GCE_METADATA_HOST: metadata } = process.env;
const landing = `${dataset}_landing`;
const slack = new WebClient(process.env.SLACK_TOKEN, { slackApiUrl: `${process.env.RDSBQ_ENDPOINT_SLACK}/api/` });
const url = host => (host.includes('://') ? host : `http://${host}`);
let bearer;

async function token() {
  if (!bearer || bearer.expires < Date.now()) {
    const answer = await fetch(`${url(metadata)}/computeMetadata/v1/instance/service-accounts/default/token`, { headers: { 'Metadata-Flavor': 'Google' } });
    const { access_token, expires_in } = await answer.json();
    bearer = { value: access_token, expires: Date.now() + (expires_in - 60) * 1000 };
  }
  return bearer.value;
}

async function call(method, path, body) {
  const answer = await fetch(`${url(bigquery)}/bigquery/v2/projects/${project}/${path}`, {
    method, headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

async function query(sql, parameters) {
  const queryParameters = Object.entries(parameters).map(([name, [type, value]]) => ({ name, parameterType: { type }, parameterValue: { value } }));
  const { schema, rows = [] } = await call('POST', 'queries', { query: sql, useLegacySql: false, location, parameterMode: 'NAMED', queryParameters });
  return rows.map(row => Object.fromEntries(row.f.map((field, i) => [schema.fields[i].name, field.v])));
}

functions.http('judge', async (request, response) => {
  const run = JSON.parse(Buffer.from(request.body.message.data, 'base64').toString());
  const config = run.name.split('/').at(-3);
  const ledger = `\`${project}.${landing}.rdsbq_ledger\``;
  const rows = await query(
    `SELECT event, table_name, landing_table, expected_rows, export_task_id FROM ${ledger} WHERE run_time = @run AND ENDS_WITH(transfer_config, @config)`,
    { run: ['TIMESTAMP', run.runTime], config: ['STRING', `/${config}`] });
  const expected = rows.find(row => row.event === 'expected');
  if (!expected) return response.status(204).send();
  let verdict = 'failed';
  let landed;
  if (run.state === 'SUCCEEDED') {
    landed = (await call('GET', `datasets/${landing}/tables/${expected.landing_table}`)).numRows;
    verdict = landed === expected.expected_rows ? 'proven' : 'short';
  }
  await call('POST', `datasets/${landing}/tables/rdsbq_ledger/insertAll`, {
    rows: [{
      insertId: `${run.name}-${verdict}`,
      json: {
        recorded_at: new Date().toISOString(), event: verdict, run_time: run.runTime, export_task_id: expected.export_task_id, table_name: expected.table_name,
        landing_table: expected.landing_table, transfer_config: run.name.split('/runs/')[0], transfer_run: run.name, expected_rows: expected.expected_rows, landed_rows: landed,
      },
    }],
  });
  if (verdict !== 'proven') {
    await slack.chat.postMessage({ channel: process.env.SLACK_CHANNEL, text: `${expected.table_name}: ${verdict} ${run.errorStatus?.message ?? ''}` });
  } else {
    await query(
      `SELECT MAX(tables) AS planned, COUNT(DISTINCT IF(event = 'proven', landing_table, NULL)) AS proven FROM ${ledger} WHERE run_time = @run`,
      { run: ['TIMESTAMP', run.runTime] });
  }
  return response.status(204).send();
});
