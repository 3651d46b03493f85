@echo off
rem Starts the Chainferry of this folder with the Node of this folder. Names and messages are UTF-8.
chcp 65001 >nul 2>&1
"%~dp0node.exe" "%~dp0app\launch.mjs" %*
