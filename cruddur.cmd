@echo off
rem Runs a verb of the seeder in the running system, such as cruddur ddb scan. cruddur --help lists the verbs.
rem It starts the built program itself, because `dotnet run` evaluates the projects first, which takes seconds.
setlocal
set "program=%~dp0Seeder\bin\Debug\net10.0\Seeder.dll"
if not exist "%program%" (
  echo Building the seeder, once. 1>&2
  dotnet build "%~dp0Seeder" --verbosity quiet 1>&2 || exit /b 1
)
dotnet "%program%" %*
