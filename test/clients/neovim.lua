-- Loadpath in Neovim 0.7 or newer, driven by run.ts: nvim --headless --clean -u NONE -S neovim.lua
-- Environment: LOADPATH_COMMAND, the server's command line, its words separated by line feeds; LOADPATH_FILE, the file to open.
-- Prints `ok NAME` or `not ok NAME: WHY` for each test; the exit code is the number of tests that failed.
local PATIENCE_MS = 20000
local POLL_MS = 20

local failures = 0

local function test(name, run)
  local passed, why = pcall(run)
  if not passed then failures = failures + 1 end
  io.stdout:write(passed and ('ok ' .. name .. '\n') or ('not ok ' .. name .. ': ' .. tostring(why) .. '\n'))
end

local function eventually(what, condition)
  if not vim.wait(PATIENCE_MS, condition, POLL_MS) then error('not in time: ' .. what, 0) end
end

local function check(condition, what)
  if not condition then error(what, 0) end
end

local file = os.getenv('LOADPATH_FILE')
vim.cmd('edit ' .. vim.fn.fnameescape(file))
local buffer = vim.api.nvim_get_current_buf()
-- vim.lsp.start came with 0.8.
local start = vim.lsp.start or vim.lsp.start_client
local id = start({
  name = 'loadpath',
  cmd = vim.split(os.getenv('LOADPATH_COMMAND'), '\n'),
  root_dir = vim.fn.fnamemodify(file, ':p:h'),
  get_language_id = function() return 'arch' end,
})
check(id, 'the server has not been started')
vim.lsp.buf_attach_client(buffer, id)
local client = vim.lsp.get_client_by_id(id)

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
end

-- Where a piece of the text begins, moved by an offset, as the protocol counts; the text is ASCII.
local function position(piece, offset)
  local found = text():find(piece, 1, true)
  check(found, "the text has no '" .. piece .. "'")
  local before = vim.split(text():sub(1, found - 1), '\n')
  return { line = #before - 1, character = #before[#before] + (offset or 0) }
end

local function request(method, params)
  params.textDocument = { uri = vim.uri_from_bufnr(buffer) }
  local answers, why = vim.lsp.buf_request_sync(buffer, method, params, PATIENCE_MS)
  check(answers, method .. ' was not answered: ' .. tostring(why))
  local answer = answers[id] or {}
  check(not answer.error and not answer.err, method .. ' failed: ' .. vim.inspect(answer))
  return answer.result
end

local function finding(rule)
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    if diagnostic.message and (diagnostic.code == rule or vim.tbl_get(diagnostic, 'user_data', 'lsp', 'code') == rule) then
      return diagnostic
    end
  end
end

local function apply(edit)
  vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding or 'utf-16')
end

test('diagnostics are shown', function()
  eventually('a finding of cache-without-expiry', function() return finding('cache-without-expiry') end)
  check(finding('cache-without-expiry').severity == vim.diagnostic.severity.WARN, 'it is not a warning')
end)

test('completion offers the properties of the component', function()
  local answer = request('textDocument/completion', { position = position('serviceTime') })
  local labels = {}
  for _, item in ipairs(answer.items or answer) do labels[item.label] = true end
  check(labels.sessions, 'sessions is not offered')
  check(not labels.population, 'population is offered, and belongs to users')
end)

test('hover explains a component', function()
  local hover = request('textDocument/hover', { position = position('app {', 1) })
  local shown = table.concat(vim.lsp.util.convert_input_to_markdown_lines(hover.contents), '\n')
  check(shown:find('**app** · server', 1, true), shown)
end)

test('a code action mends the finding', function()
  local place = position('pages {')
  local range = { start = place, ['end'] = place }
  local actions = request('textDocument/codeAction', { range = range, context = { diagnostics = {} } })
  local chosen
  for _, action in ipairs(actions) do
    if action.title:find('ttl', 1, true) then chosen = chosen or action end
  end
  check(chosen, 'no action sets a ttl')
  apply(chosen.edit)
  check(text():find('ttl: ', 1, true), 'the text has no ttl now')
  eventually('the finding is gone', function() return not finding('cache-without-expiry') end)
end)

test('rename changes the declaration and the uses', function()
  local edit = request('textDocument/rename', { position = position('app {', 1), newName = 'shop' })
  apply(edit)
  check(text():find('server   shop', 1, true), 'the declaration has the old name')
  check(text():find('lb -> shop', 1, true), 'a use has the old name')
  check(not text():find('app', 1, true), 'the old name is still there')
end)

test('formatting tidies the text', function()
  local edits = request('textDocument/formatting', { options = { tabSize = 2, insertSpaces = true } })
  vim.lsp.util.apply_text_edits(edits, buffer, client.offset_encoding or 'utf-16')
  check(text():find('server shop {', 1, true), text())
end)

test('the server ends when it is told to', function()
  client.stop()
  eventually('the end of the server', function() return client.is_stopped() end)
end)

vim.cmd('cquit ' .. failures)
