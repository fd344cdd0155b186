using System.Runtime.InteropServices;
using Specs.Support.Reports;

namespace Specs.Support.Running;

/// <content>Who ends it from outside.</content>
public sealed partial class Run
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private volatile bool _ending;

    /// <summary>
    /// To be asked before a process is started: the signal that ends the run would not reach it any more.
    /// </summary>
    /// <exception cref="OperationCanceledException">A signal ends this run.</exception>
    public void RequireToGoOn()
    {
        if (_first._ending)
        {
            throw new OperationCanceledException("A signal ends this run.");
        }
    }

    // Ctrl-C and kill end the process at once; the servers are its children in spirit only and must be ended too.
    private void WatchSignals()
    {
        foreach (
            var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }
        )
        {
            _signals.Add(PosixSignalRegistration.Create(signal, _ => End()));
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => _folder.Remove();
    }

    private void End()
    {
        _ending = true;
        _folder.Remove();
    }

    // Whoever has killed ./specs wants this run no more either, and nobody else would end it.
    private void Watch(ProgressSocket? progress) => progress?.WhenNobodyReadsAsync().ContinueWith(
        _ =>
        {
            End();
            Environment.Exit(1);
        },
        TaskScheduler.Default);
}
