// Scenarios run one after another: two fleets on one machine would measure each other.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
