namespace CareerCoordinates.Data.Moves;

/// <summary>A record cannot be moved so; the words say why and what to do, for whoever runs the program.</summary>
public sealed class MoveException(string en, string zh, Exception? inner = null) : OperatorException(en, zh, inner);
