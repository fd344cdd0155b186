// The neutral names of the runtime, so that no other file has to know which one it is.
global using Reqnroll;
global using Reqnroll.BoDi;
global using Reqnroll.UnitTestProvider;
global using IOutput = Reqnroll.IReqnrollOutputHelper;
