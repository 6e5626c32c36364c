namespace RdsBq.Core.Plans;

/// <summary>One item of what the planned work costs.</summary>
/// <param name="Quantity">In the price's unit; null where it is not known.</param>
/// <param name="Bound"><c>about</c>, <c>at least</c> or <c>at most</c>; empty where the quantity is not known.</param>
/// <param name="Dollars">Null where the quantity is not known.</param>
/// <param name="Price">The <see cref="Price.Id"/> that it was made with.</param>
/// <param name="Basis">What the quantity was taken from, or why it is not known.</param>
public sealed record CostItem(string Item, decimal? Quantity, string Unit, string Bound, decimal? Dollars, string Price, string Basis);
