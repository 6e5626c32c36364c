namespace Google.Cloud.Functions.Hosting;

internal static class Trimming
{
    public const string AssemblyScan =
        "Searches an assembly for the function. In a trimmed build, name its type: AddFunctionTarget<TFunction>().";
}
